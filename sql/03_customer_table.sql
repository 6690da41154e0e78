-- The hybrid table, still empty. May be run again: an existing table is left as it is.

USE ROLE DATA_API_OWNER;
USE WAREHOUSE DATA_API_LOAD_WH; -- a hybrid table can only be made with a warehouse

CREATE HYBRID TABLE IF NOT EXISTS API.DATA.HYBRID_CUSTOMER (
  C_CUSTOMER_SK NUMBER(38,0) NOT NULL PRIMARY KEY,
  C_CUSTOMER_ID VARCHAR(16),
  C_CURRENT_CDEMO_SK NUMBER(38,0),
  C_CURRENT_HDEMO_SK NUMBER(38,0),
  C_CURRENT_ADDR_SK NUMBER(38,0),
  C_FIRST_SHIPTO_DATE_SK NUMBER(38,0),
  C_FIRST_SALES_DATE_SK NUMBER(38,0),
  C_SALUTATION VARCHAR(10),
  C_FIRST_NAME VARCHAR(20),
  C_LAST_NAME VARCHAR(30),
  C_PREFERRED_CUST_FLAG VARCHAR(1),
  C_BIRTH_DAY NUMBER(38,0),
  C_BIRTH_MONTH NUMBER(38,0),
  C_BIRTH_YEAR NUMBER(38,0),
  C_BIRTH_COUNTRY VARCHAR(20),
  C_LOGIN VARCHAR(13),
  C_EMAIL_ADDRESS VARCHAR(50),
  C_LAST_REVIEW_DATE VARCHAR(10),
  -- The address in small letters, for /customer/email/<address>: an index is not used for LOWER(column) = ?, so the
  -- column holds what is looked for. Leave both out if nobody asks by address.
  C_EMAIL_LOWER VARCHAR(50),
  INDEX CUSTOMER_BY_EMAIL (C_EMAIL_LOWER)
);

-- SELECT and no more: whatever goes wrong in the service, the rows stay. It is enough for the index, too, which comes
-- with the table: making one is its owner's right
GRANT SELECT ON TABLE API.DATA.HYBRID_CUSTOMER TO ROLE DATA_API_ROLE;
