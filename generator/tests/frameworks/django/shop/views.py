"""View sets and views with nested serializers, filters, pagination, uploads, actions and polymorphic answers."""

from django.contrib.auth.models import User
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, extend_schema_view
from rest_framework import mixins, parsers, permissions, renderers, serializers, viewsets
from rest_framework.decorators import action, api_view, permission_classes, renderer_classes
from rest_framework.response import Response

from .models import Maker, Product, Size


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "username", "password", "email", "date_joined"]
        read_only_fields = ["date_joined"]
        extra_kwargs = {"password": {"write_only": True}}

    def create(self, validated_data):
        return User.objects.create_user(**validated_data)


class MakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Maker
        fields = ["id", "name", "site"]


class ProductSerializer(serializers.ModelSerializer):
    maker = MakerSerializer(read_only=True)
    maker_id = serializers.PrimaryKeyRelatedField(source="maker", queryset=Maker.objects.all(), write_only=True)
    labels = serializers.SerializerMethodField()
    sizes = serializers.ListField(child=serializers.ChoiceField(Size.choices), write_only=True, required=False)

    class Meta:
        model = Product
        fields = [
            "id", "key", "name", "price", "weight", "size", "colour", "priority", "in_stock", "extra", "lasts",
            "sold_from", "opens", "made", "maker", "maker_id", "labels", "sizes", "photo",
        ]
        read_only_fields = ["photo"]

    def get_labels(self, product) -> list[str]:
        return [product.name.lower(), product.size or "none"]

    def create(self, validated_data):
        sizes = validated_data.pop("sizes", [])
        return super().create({**validated_data, "extra": {**validated_data.get("extra", {}), "sizes": sizes}})


class PhotoSerializer(serializers.Serializer):
    photo = serializers.FileField()
    caption = serializers.CharField(required=False)


class CountSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["count"])
    count = serializers.IntegerField()


class NamesSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["names"])
    names = serializers.ListField(child=serializers.CharField())


class ProductFilter(filters.FilterSet):
    min_price = filters.NumberFilter(field_name="price", lookup_expr="gte")
    size = filters.MultipleChoiceFilter(choices=Size.choices)
    sold = filters.DateFromToRangeFilter(field_name="sold_from")
    ids = filters.BaseInFilter(field_name="id")

    class Meta:
        model = Product
        fields = ["colour", "in_stock", "priority"]


@extend_schema_view(
    create=extend_schema(responses={201: UserSerializer}),
)
class UserViewSet(mixins.CreateModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = User.objects.order_by("id")
    serializer_class = UserSerializer
    permission_classes = [permissions.AllowAny]


class MakerViewSet(viewsets.ModelViewSet):
    queryset = Maker.objects.order_by("id")
    serializer_class = MakerSerializer


class ProductViewSet(viewsets.ModelViewSet):
    queryset = Product.objects.order_by("id")
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    filter_backends = [filters.DjangoFilterBackend]

    @extend_schema(request={"multipart/form-data": PhotoSerializer}, responses=ProductSerializer)
    @action(detail=True, methods=["post"], parser_classes=[parsers.MultiPartParser])
    def photo(self, request, pk=None):
        product = self.get_object()
        product.photo = request.data["photo"]
        product.extra = {"caption": request.data.get("caption")}
        product.save()
        return Response(self.get_serializer(product).data)

    @extend_schema(
        parameters=[OpenApiParameter("kind", OpenApiTypes.STR, enum=["count", "names"], required=True)],
        responses=PolymorphicProxySerializer(
            "Summary", {"count": CountSerializer, "names": NamesSerializer}, resource_type_field_name="kind", many=False
        ),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def summary(self, request):
        names = [product.name for product in self.get_queryset()]
        if request.query_params["kind"] == "count":
            return Response({"kind": "count", "count": len(names)})
        return Response({"kind": "names", "names": names})


class CsvRenderer(renderers.BaseRenderer):
    media_type = "text/csv"
    format = "csv"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data.encode()


@extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
@api_view(["GET"])
@permission_classes([permissions.AllowAny])
@renderer_classes([CsvRenderer])
def export(request):
    return Response("".join(f"{product.name},{product.price}\n" for product in Product.objects.order_by("id")))
