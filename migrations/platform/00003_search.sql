-- +goose Up

-- Full-text search per language. Lithuanian and English have a stemmer of their
-- own in PostgreSQL; Bulgarian has a hunspell dictionary where the server has
-- one, else words are compared as written and trigrams find the inflected forms.
CREATE TEXT SEARCH CONFIGURATION ext.charter_lt (COPY = pg_catalog.lithuanian);

ALTER TEXT SEARCH CONFIGURATION ext.charter_lt
    ALTER MAPPING FOR hword, hword_part, word WITH ext.unaccent, pg_catalog.lithuanian_stem;

CREATE TEXT SEARCH CONFIGURATION ext.charter_en (COPY = pg_catalog.english);

ALTER TEXT SEARCH CONFIGURATION ext.charter_en
    ALTER MAPPING FOR hword, hword_part, word WITH ext.unaccent, pg_catalog.english_stem;

CREATE TEXT SEARCH CONFIGURATION ext.charter_bg (COPY = pg_catalog.simple);

-- The dictionary needs files on the server (bg_bg.affix, bg_bg.dict).
-- +goose StatementBegin
DO $$
BEGIN
    CREATE TEXT SEARCH DICTIONARY ext.bulgarian_hunspell (
        TEMPLATE = pg_catalog.ispell, DictFile = bg_bg, AffFile = bg_bg);
    ALTER TEXT SEARCH CONFIGURATION ext.charter_bg
        ALTER MAPPING FOR hword, hword_part, word WITH ext.bulgarian_hunspell, pg_catalog.simple;
EXCEPTION WHEN config_file_error OR undefined_file OR invalid_parameter_value THEN
    RAISE NOTICE 'no Bulgarian hunspell dictionary on this server: search uses trigrams';
END
$$;
-- +goose StatementEnd
