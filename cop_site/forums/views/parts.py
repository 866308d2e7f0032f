"""What several pages of the forums share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from ..models import Post, Topic

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


def seen_topic(request: HttpRequest, pk: int) -> Topic:
    """The topic with this number, where the reader may see it; its forum is at hand."""
    return get_object_or_404(Topic.objects.visible_to(request.user).select_related("forum"), pk=pk)


def seen_post(request: HttpRequest, pk: int) -> Post:
    """The post with this number, where the reader may read it; its topic, forum, author and name are at hand."""
    rows = Post.objects.visible_to(request.user).select_related("topic__forum", "author", "pseudonym")
    return get_object_or_404(rows, pk=pk)
