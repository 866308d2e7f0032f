"""Which file belongs to which practice; whether it is shown, the practice's ``attachments`` say."""

from django.db import models

from .practice import Practice


class PracticeFile(models.Model):
    """A file that was uploaded for one practice, and is seen through that practice alone."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"file of practice {self.practice_id}"
