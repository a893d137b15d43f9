"""Invoices of the positions of a budget; what was typed counts where there are none."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_surveys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only the name in the code changes: the release that still runs reads and writes the column.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="budgetline", old_name="spent", new_name="typed_spent"),
                migrations.AlterField(
                    model_name="budgetline",
                    name="typed_spent",
                    field=models.DecimalField(
                        blank=True,
                        db_column="spent",
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0, "Wpisz liczbę od zera w górę.")
                        ],
                        verbose_name="wydano bez faktur, zł",
                    ),
                ),
                migrations.RenameField(
                    model_name="historicalbudgetline", old_name="spent", new_name="typed_spent"
                ),
                migrations.AlterField(
                    model_name="historicalbudgetline",
                    name="typed_spent",
                    field=models.DecimalField(
                        blank=True,
                        db_column="spent",
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0, "Wpisz liczbę od zera w górę.")
                        ],
                        verbose_name="wydano bez faktur, zł",
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="budgetline",
            name="difference",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="wyjaśnienie różnicy"
            ),
        ),
        migrations.AddField(
            model_name="historicalbudgetline",
            name="difference",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="wyjaśnienie różnicy"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalInvoice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="wersja")),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="wpisano")),
                ("history_change_reason", models.TextField(default="")),
                ("number", models.CharField(max_length=60, verbose_name="numer")),
                ("day", models.DateField(verbose_name="z dnia")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), "Kwota musi być większa od zera."
                            )
                        ],
                        verbose_name="kwota, zł",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="za co")),
                ("supplier", models.CharField(blank=True, max_length=200, verbose_name="wystawca")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wpisał(a)",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.budgetline",
                        verbose_name="pozycja",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical faktura",
                "verbose_name_plural": "historical faktury",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="wersja")),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="wpisano")),
                ("number", models.CharField(max_length=60, verbose_name="numer")),
                ("day", models.DateField(verbose_name="z dnia")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), "Kwota musi być większa od zera."
                            )
                        ],
                        verbose_name="kwota, zł",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="za co")),
                ("supplier", models.CharField(blank=True, max_length=200, verbose_name="wystawca")),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wpisał(a)",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="projects.budgetline",
                        verbose_name="pozycja",
                    ),
                ),
            ],
            options={
                "verbose_name": "faktura",
                "verbose_name_plural": "faktury",
                "indexes": [models.Index(fields=["line", "day", "id"], name="invoice_by_line")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="invoice_amount_positive",
                        violation_error_message="Kwota musi być większa od zera.",
                    )
                ],
            },
        ),
    ]
