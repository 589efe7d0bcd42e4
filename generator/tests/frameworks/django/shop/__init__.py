"""A shop with what the Django REST framework and drf-spectacular put into a description."""
