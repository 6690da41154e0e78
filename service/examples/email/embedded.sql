-- The column of addresses in small letters, as sql/04_customer_load.sql makes it in Snowflake; its index is made for it.

ALTER TABLE API.DATA.HYBRID_CUSTOMER ADD COLUMN C_EMAIL_LOWER VARCHAR(50);

UPDATE API.DATA.HYBRID_CUSTOMER SET C_EMAIL_LOWER = LOWER(C_EMAIL_ADDRESS);
