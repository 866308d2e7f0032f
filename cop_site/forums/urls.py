"""Addresses of the forums."""

from django.urls import path

from .views import attaching, changing, opening, reading, sealing, steering, writing

urlpatterns = [
    path("", reading.forums, name="forums"),
    path("mine/", changing.my_posts, name="my-posts"),
    path("t/<int:pk>/reply/", writing.topic_reply, name="topic-reply"),
    path("t/<int:pk>/unread/", reading.topic_unread, name="topic-unread"),
    path("t/<int:pk>/latest/", reading.topic_latest, name="topic-latest"),
    path("t/<int:pk>/people/", reading.topic_people, name="topic-people"),
    path("t/<int:pk>/outcome/", changing.topic_outcome, name="topic-outcome"),
    path("sealed/", sealing.unsealings, name="unsealings"),
    path("sealed/<int:pk>/", sealing.unsealing, name="unsealing"),
    path("new/", opening.forum_new, name="forum-new"),
    path("t/<int:pk>/steer/", steering.topic_steer, name="topic-steer"),
    path("t/<int:pk>/split/", steering.topic_split, name="topic-split"),
    path("t/<int:pk>/merge/", steering.topic_merge, name="topic-merge"),
    path("t/<int:pk>/restore/", steering.topic_restore, name="topic-restore"),
    path("t/<int:pk>/<slug:slug>/", reading.topic, name="topic"),
    path("p/<int:pk>/", reading.post, name="post"),
    path("p/<int:pk>/unseal/", sealing.post_unseal, name="post-unseal"),
    path("p/<int:pk>/history/", reading.post_history, name="post-history"),
    path("p/<int:pk>/edit/", writing.post_edit, name="post-edit"),
    path("p/<int:pk>/delete/", changing.post_delete, name="post-delete"),
    path("p/<int:pk>/restore/", changing.post_restore, name="post-restore"),
    path("p/<int:pk>/react/", changing.post_react, name="post-react"),
    path("p/<int:pk>/answer/", changing.post_answer, name="post-answer"),
    path("p/<int:pk>/files/<uuid:file>/<str:name>", attaching.post_file, name="post-file"),
    path("<slug:slug>/new/", writing.topic_new, name="topic-new"),
    path("<slug:slug>/edit/", opening.forum_edit, name="forum-edit"),
    path("<slug:slug>/archive/", opening.forum_archive, name="forum-archive"),
    path("<slug:slug>/", reading.forum, name="forum"),  # last: the words above are no slugs
]
