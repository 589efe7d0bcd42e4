"""Tables with choices that may be blank or null, decimals, durations, JSON, files, and relations."""

import uuid

from django.db import models


class Size(models.TextChoices):
    SMALL = "s", "small"
    LARGE = "l", "large"
    EXTRA = "x-l", "extra large"


class Priority(models.IntegerChoices):
    LOW = 1
    HIGH = 5


class Maker(models.Model):
    name = models.CharField(max_length=30, unique=True)
    site = models.URLField(blank=True)


class Product(models.Model):
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    weight = models.FloatField(null=True, blank=True)
    size = models.CharField(max_length=4, choices=Size.choices, blank=True)
    colour = models.CharField(max_length=9, choices=[("red", "Red"), ("blue", "Blue")], null=True, blank=True)
    priority = models.IntegerField(choices=Priority.choices, default=Priority.LOW)
    in_stock = models.BooleanField(default=True)
    extra = models.JSONField(default=dict, blank=True)
    lasts = models.DurationField(null=True, blank=True)
    sold_from = models.DateField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    maker = models.ForeignKey(Maker, related_name="products", on_delete=models.CASCADE)
    photo = models.FileField(upload_to="photos", null=True, blank=True)
