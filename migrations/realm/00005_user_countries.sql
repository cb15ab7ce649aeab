-- +goose Up

-- The countries whose municipalities a coordinator of the portal answers for.
-- Towns leave it empty.
-- owner: access
CREATE TABLE user_countries (
    user_id bigint NOT NULL,
    country text NOT NULL,
    CONSTRAINT user_countries_pk PRIMARY KEY (user_id, country),
    CONSTRAINT user_countries_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT user_countries_code_ck CHECK (country ~ '^[a-z]{2}$')
);
