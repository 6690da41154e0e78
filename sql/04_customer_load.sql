-- The first load of the customers and every refresh, without downtime. May be run at any time, and again after a failure.
--
-- CREATE ... AS SELECT is the fast way to fill a hybrid table. It fills a second table, which takes the place
-- of the first in one step. The order matters: SWAP takes the grants along with the tables, so the service would lose
-- its table for as long as the grant on the new one came after the swap.
-- A table of before, without C_EMAIL_LOWER and its index, has them after the next load.
-- Expect slower reads for one to five minutes after it; rows in the caches live on for their time (180 s by default).

USE ROLE DATA_API_OWNER;
USE WAREHOUSE DATA_API_LOAD_WH;

-- OR REPLACE: what an interrupted load left behind goes
CREATE OR REPLACE HYBRID TABLE API.DATA.HYBRID_CUSTOMER_NEW (
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
  C_EMAIL_LOWER VARCHAR(50),
  INDEX CUSTOMER_BY_EMAIL (C_EMAIL_LOWER)
) AS
SELECT
  C_CUSTOMER_SK,
  C_CUSTOMER_ID,
  C_CURRENT_CDEMO_SK,
  C_CURRENT_HDEMO_SK,
  C_CURRENT_ADDR_SK,
  C_FIRST_SHIPTO_DATE_SK,
  C_FIRST_SALES_DATE_SK,
  C_SALUTATION,
  C_FIRST_NAME,
  C_LAST_NAME,
  C_PREFERRED_CUST_FLAG,
  C_BIRTH_DAY,
  C_BIRTH_MONTH,
  C_BIRTH_YEAR,
  C_BIRTH_COUNTRY,
  C_LOGIN,
  C_EMAIL_ADDRESS,
  C_LAST_REVIEW_DATE,
  LOWER(C_EMAIL_ADDRESS)
FROM SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL.CUSTOMER;
-- 65 million rows; for a trial end the query with: WHERE C_CUSTOMER_SK <= 100000

GRANT SELECT ON TABLE API.DATA.HYBRID_CUSTOMER_NEW TO ROLE DATA_API_ROLE;

ALTER TABLE API.DATA.HYBRID_CUSTOMER SWAP WITH API.DATA.HYBRID_CUSTOMER_NEW;

-- now the old rows
DROP TABLE IF EXISTS API.DATA.HYBRID_CUSTOMER_NEW;
