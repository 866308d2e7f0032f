"""Forums to look at: a long topic with everything a post can have, one that waits, one that is gone, a name that somebody wishes to open."""

from typing import Any

from cop_site.activity.models import Activity
from cop_site.forums import actions
from cop_site.forums.models import Forum, Topic
from cop_site.notifications.models import Notification
from tests.forums.factories import known

ASKED = "Kami menyusun **perdes** tentang migrasi aman.\n\n- naskah pendek\n- bagian anggaran\n\nAdakah yang punya?"


def plant(cast: dict[str, Any]) -> dict[str, list]:
    """What addresses of the forums are filled with, by the name of the sample."""
    office, member, other = cast["secretariat"], known(cast["member"]), known(cast["member2"])
    words = {"name_id": "Tanya jawab", "name_en": "Questions", "about_id": "Untuk bertanya.", "visibility": "publik"}
    forum = actions.open_forum(by=office, allows_pseudonyms=True, **words)
    topic = actions.start_topic(
        forum, by=member, title="Siapa punya contoh perdes?", source=ASKED, mandate=["migrasi-aman"], provinces=["53"]
    )
    answer = actions.reply_to(topic, by=other, source="> Adakah yang punya?\n\nAda, [di sini](/library/).", content_note="kekerasan")
    sealed = actions.reply_to(topic, by=other, source="Di tempat kami sulit.", hides_name=True)
    actions.delete_post(actions.reply_to(topic, by=other, source="Salah kirim."), by=other)
    held = actions.reply_to(topic, by=cast["colleague"], source="Ini kiriman pertama saya.")
    actions.edit_post(answer, by=other, source="Ada, [di sini](/library/), dan satu lagi.")
    actions.react(answer, by=member, kind="thanks")
    actions.choose_answer(answer, by=member)
    actions.write_outcome(topic, by=member, outcome="Mulailah dari **pencatatan**.")
    for number in range(20):
        actions.reply_to(topic, by=other, source=f"Catatan {number}.")
    actions.keep_draft(by=member, forum=forum, topic=topic, text="Belum selesai")
    gone = actions.start_topic(forum, by=member, title="Topik yang dihapus", source="Isi.")
    actions.delete_topic(gone, by=cast["moderator"], reason="Ganda.")
    unsealing = actions.ask_to_unseal(sealed.pseudonym, by=cast["moderator"], reason="Ada laporan ancaman.")
    refused = actions.reply_to(topic, by=member, source="Kalimat yang kurang pantas.")
    actions.delete_post(refused, by=cast["moderator"], reason="Nadanya menyerang.")
    decision = Activity.objects.get(verb="deleted-post", actor=cast["moderator"])
    told = Notification.objects.create(recipient=member, reason="decided", post=refused, topic=topic, activity=decision)
    empty = Forum.objects.create(slug="kosong", name_id="Forum kosong", about_id="Belum ada isinya.", visibility="publik")
    return {
        "forum": [forum.slug],
        "empty-forum": [empty.slug],
        "topic": [topic.pk, Topic.objects.get(pk=topic.pk).slug],
        "topic-number": [topic.pk],
        "answer": [answer.pk],
        "own-post": [topic.posts.get(number=1).pk],
        "sealed-post": [sealed.pk],
        "held-post": [held.pk],
        "deleted-topic": [gone.pk],
        "unsealing": [unsealing.pk],
        "notification": [told.pk],
    }
