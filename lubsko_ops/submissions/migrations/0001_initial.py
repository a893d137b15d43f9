import django.db.models.deletion
import lubsko_ops.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='klucz')),
                ('address', models.CharField(max_length=300, verbose_name='adres formularza')),
                ('title', lubsko_ops.core.fields.EncryptedTextField(blank=True, verbose_name='tytuł')),
                ('content', lubsko_ops.core.fields.EncryptedJSONField(blank=True, default=dict, verbose_name='treść')),
                ('saved_at', models.DateTimeField(db_index=True, verbose_name='zapisano')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'szkic',
                'verbose_name_plural': 'szkice',
                'ordering': ['-saved_at'],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='klucz')),
                ('action', models.CharField(max_length=80, verbose_name='czynność')),
                ('content_hash', models.CharField(max_length=64, verbose_name='skrót treści')),
                ('content', lubsko_ops.core.fields.EncryptedJSONField(blank=True, default=dict, verbose_name='treść')),
                ('address', models.CharField(max_length=300, verbose_name='adres formularza')),
                ('result_address', models.CharField(blank=True, max_length=300, verbose_name='adres wyniku')),
                ('result_message', models.CharField(blank=True, max_length=500, verbose_name='odpowiedź')),
                ('sent_at', models.DateTimeField(db_index=True, verbose_name='wysłano')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wysłany formularz',
                'verbose_name_plural': 'wysłane formularze',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_once')],
            },
        ),
    ]
