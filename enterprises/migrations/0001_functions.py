from django.db import migrations

BIGRAMS = """
CREATE FUNCTION xf_bigrams(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(substr(value, i, 2)) FROM generate_series(1, greatest(length(value) - 1, 1)) AS i
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(BIGRAMS, "DROP FUNCTION xf_bigrams(text)")]
