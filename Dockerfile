# The site as one image: web, worker and the one-time preparation are the same image with another command.
FROM python:3.11-slim-bookworm AS packages
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /srv/site
COPY script/tools.lock script/tools.lock
RUN python -m venv /opt/tools && /opt/tools/bin/pip install -q --no-cache-dir --only-binary :all: --require-hashes -r script/tools.lock
COPY pyproject.toml uv.lock ./
RUN /opt/tools/bin/uv sync --frozen --no-dev --compile-bytecode --no-cache --python /usr/local/bin/python

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin site \
    && mkdir -p /var/lib/site/media \
    && chown -R site:site /var/lib/site
WORKDIR /srv/site
COPY --from=packages /srv/site/.venv .venv
COPY . .
RUN .venv/bin/python -c "from pathlib import Path; from cop_site.core.languages import compile_catalogues; compile_catalogues([Path('locale')])" \
    && .venv/bin/python -m compileall -q cop_site script
ENV PATH=/srv/site/.venv/bin:$PATH COP_MODE=production COP_VAR=/var/lib/site HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
USER site
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "script/ready.py"]
CMD ["python", "script/serve.py", "--only-serve"]
