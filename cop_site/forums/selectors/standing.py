"""What stands in the forums, for new watched words to be looked for."""

from collections.abc import Iterator

from cop_site.screening.standing import Standing

from ..models import Post


def posts(after: int, most: int) -> Iterator[Standing]:
    """Posts that readers find; the title and the outcome of a topic are read with its first."""
    rows = Post.objects.unscoped("read for watched words, shown to nobody").shown().filter(pk__gt=after, topic__hidden_at=None)
    for post in rows.select_related("topic").order_by("pk")[:most]:
        texts = {"source": post.source, "content_note": post.content_note}
        yield Standing(post, texts | ({"title": post.topic.title, "outcome": post.topic.outcome} if post.number == 1 else {}))
