-- For an emulator only: stands in for SNOWFLAKE_SAMPLE_DATA, with the first 12 items and 6 stores of the TPC-DS generator
-- at the same scale. In an account this database is Snowflake's own, and read-only.

CREATE DATABASE IF NOT EXISTS SNOWFLAKE_SAMPLE_DATA;
CREATE SCHEMA IF NOT EXISTS SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL;

CREATE OR REPLACE TABLE SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL.ITEM (
  I_ITEM_SK NUMBER(38,0),
  I_ITEM_ID VARCHAR(16),
  I_REC_START_DATE DATE,
  I_REC_END_DATE DATE,
  I_ITEM_DESC VARCHAR(200),
  I_CURRENT_PRICE NUMBER(7,2),
  I_WHOLESALE_COST NUMBER(7,2),
  I_BRAND_ID NUMBER(38,0),
  I_BRAND VARCHAR(50),
  I_CLASS_ID NUMBER(38,0),
  I_CLASS VARCHAR(50),
  I_CATEGORY_ID NUMBER(38,0),
  I_CATEGORY VARCHAR(50),
  I_MANUFACT_ID NUMBER(38,0),
  I_MANUFACT VARCHAR(50),
  I_SIZE VARCHAR(20),
  I_FORMULATION VARCHAR(20),
  I_COLOR VARCHAR(20),
  I_UNITS VARCHAR(10),
  I_CONTAINER VARCHAR(10),
  I_MANAGER_ID NUMBER(38,0),
  I_PRODUCT_NAME VARCHAR(50)
);

INSERT INTO SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL.ITEM VALUES
  (1, 'AAAAAAAABAAAAAAA', '1997-10-27', NULL, 'Powers will not get influences. Electoral ports should show low, annual chains. Now young visitors may pose now however final pages. Bitterly right children suit increasing, leading el', 27.02, 23.23, 5003002, 'exportischolar #2', 3, 'pop', 5, 'Music', 52, 'ableanti', 'N/A', '3663peru009490160959', 'spring', 'Tsp', 'Unknown', 6, 'ought'),
  (2, 'AAAAAAAACAAAAAAA', '1997-10-27', '2000-10-26', 'False opportunities would run alone with a views. Early approaches would show inc, european intentions; important, main passages shall know urban, ', 1.12, 0.38, 1001001, 'amalgamalg #1', 1, 'dresses', 1, 'Women', 294, 'esen stable', 'petite', '516steel060826230906', 'rosy', 'Bunch', 'Unknown', 98, 'able'),
  (3, 'AAAAAAAACAAAAAAA', '2000-10-27', NULL, 'False opportunities would run alone with a views. Early approaches would show inc, european intentions; important, main passages shall know urban, ', 7.11, 0.38, 1001001, 'brandbrand #4', 7, 'decor', 7, 'Home', 294, 'esen stable', 'N/A', '516steel060826230906', 'sienna', 'Cup', 'Unknown', 18, 'pri'),
  (4, 'AAAAAAAAEAAAAAAA', '1997-10-27', '1999-10-27', 'Normal systems would join simply different theories. Full, new clothes may eat instead achievements. D', 1.35, 0.85, 3002001, 'importoexporti #1', 2, 'infants', 3, 'Children', 479, 'n stationese', 'extra large', '610157moccasin018327', 'red', 'Tbl', 'Unknown', 26, 'ese'),
  (5, 'AAAAAAAAEAAAAAAA', '1999-10-28', '2001-10-26', 'Normal systems would join simply different theories. Full, new clothes may eat instead achievements. D', 4.00, 1.76, 2002002, 'importoimporto #2', 2, 'shirts', 2, 'Men', 220, 'barableable', 'petite', '42214rosy28066558020', 'pink', 'Cup', 'Unknown', 27, 'anti'),
  (6, 'AAAAAAAAEAAAAAAA', '2001-10-27', NULL, 'Normal systems would join simply different theories. Full, new clothes may eat instead achievements. D', 0.85, 1.76, 2002002, 'exportiimporto #1', 3, 'pants', 2, 'Men', 212, 'barableable', 'large', '42214rosy28066558020', 'moccasin', 'Bundle', 'Unknown', 6, 'cally'),
  (7, 'AAAAAAAAHAAAAAAA', '1997-10-27', NULL, 'Anxious accounts must catch also years. Revolutionary, large directors used to embrace then mo', 9.94, 6.75, 3001002, 'amalgexporti #2', 1, 'newborn', 3, 'Children', 214, 'eseoughtable', 'petite', '6moccasin24027188872', 'spring', 'Tsp', 'Unknown', 64, 'ation'),
  (8, 'AAAAAAAAIAAAAAAA', '1997-10-27', '2000-10-26', 'F', 2.76, 0.85, 3003001, 'exportiexporti #1', 3, 'toddlers', 3, 'Children', 630, 'barprically', 'extra large', '35123wheat3256343398', 'turquoise', 'Carton', 'Unknown', 25, 'eing'),
  (9, 'AAAAAAAAIAAAAAAA', '2000-10-27', NULL, 'F', 4.46, 0.85, 1004002, 'edu packamalg #2', 3, 'swimwear', 1, 'Women', 630, 'barprically', 'medium', '35123wheat3256343398', 'wheat', 'Tbl', 'Unknown', 3, 'n st'),
  (10, 'AAAAAAAAKAAAAAAA', '1997-10-27', '1999-10-27', 'Classical services go trousers. However great galleries might say needs. Assumptions change very in favour of the notes. Teeth woul', 8.94, 4.11, 10008011, 'namelessunivamalg #11', 8, 'scanners', 10, 'Electronics', 350, 'barantipri', 'N/A', '8159007505thistle447', 'pale', 'Tsp', 'Unknown', 34, 'barought'),
  (11, 'AAAAAAAAKAAAAAAA', '1999-10-28', '2001-10-26', 'Correct, fo', 54.87, 4.11, 10008011, 'edu packbrand #4', 14, 'estate', 6, 'Jewelry', 625, 'antiablecally', 'N/A', 'snow1543775706017405', 'yellow', 'Bunch', 'Unknown', 26, 'oughtought'),
  (12, 'AAAAAAAAKAAAAAAA', '2001-10-27', NULL, 'Corporate, important facilities claim trying, external sides. Elements used to expect home pr', 6.54, 4.11, 10008011, 'corpnameless #3', 14, 'furniture', 7, 'Home', 264, 'esecallyable', 'N/A', '968467777sky92069287', 'royal', 'Tbl', 'Unknown', 19, 'ableought');

CREATE OR REPLACE TABLE SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL.STORE (
  S_STORE_SK NUMBER(38,0),
  S_STORE_ID VARCHAR(16),
  S_REC_START_DATE DATE,
  S_REC_END_DATE DATE,
  S_CLOSED_DATE_SK NUMBER(38,0),
  S_STORE_NAME VARCHAR(50),
  S_NUMBER_EMPLOYEES NUMBER(38,0),
  S_FLOOR_SPACE NUMBER(38,0),
  S_HOURS VARCHAR(20),
  S_MANAGER VARCHAR(40),
  S_MARKET_ID NUMBER(38,0),
  S_GEOGRAPHY_CLASS VARCHAR(100),
  S_MARKET_DESC VARCHAR(100),
  S_MARKET_MANAGER VARCHAR(40),
  S_DIVISION_ID NUMBER(38,0),
  S_DIVISION_NAME VARCHAR(50),
  S_COMPANY_ID NUMBER(38,0),
  S_COMPANY_NAME VARCHAR(50),
  S_STREET_NUMBER VARCHAR(10),
  S_STREET_NAME VARCHAR(60),
  S_STREET_TYPE VARCHAR(15),
  S_SUITE_NUMBER VARCHAR(10),
  S_CITY VARCHAR(60),
  S_COUNTY VARCHAR(30),
  S_STATE VARCHAR(2),
  S_ZIP VARCHAR(10),
  S_COUNTRY VARCHAR(20),
  S_GMT_OFFSET NUMBER(5,2),
  S_TAX_PRECENTAGE NUMBER(5,2)
);

INSERT INTO SNOWFLAKE_SAMPLE_DATA.TPCDS_SF10TCL.STORE VALUES
  (1, 'AAAAAAAABAAAAAAA', '1997-03-13', NULL, 2451189, 'ought', 245, 5250760, '8AM-4PM', 'William Ward', 2, 'Unknown', 'Enough high areas stop expectations. Elaborate, local is', 'Charles Bartley', 1, 'Unknown', 1, 'Unknown', '767', 'Spring ', 'Wy', 'Suite 250', 'Pleasant Hill', 'Sumner County', 'TN', '33604', 'United States', -6, 0.03),
  (2, 'AAAAAAAACAAAAAAA', '1997-03-13', '2000-03-12', NULL, 'able', 236, 5285950, '8AM-4PM', 'Scott Smith', 8, 'Unknown', 'Parliamentary candidates wait then heavy, keen mil', 'David Lamontagne', 1, 'Unknown', 1, 'Unknown', '255', 'Sycamore ', 'Dr.', 'Suite 410', 'Corinth', 'Quay County', 'NM', '87022', 'United States', -7, 0.03),
  (3, 'AAAAAAAACAAAAAAA', '2000-03-13', NULL, NULL, 'able', 236, 7557959, '8AM-4PM', 'Scott Smith', 7, 'Unknown', 'Impossible, true arms can treat constant, complete w', 'David Lamontagne', 1, 'Unknown', 1, 'Unknown', '877', 'Park Laurel', 'Road', 'Suite T', 'Oakdale', 'Pulaski County', 'KY', '49584', 'United States', -5, 0.03),
  (4, 'AAAAAAAAEAAAAAAA', '1997-03-13', '1999-03-13', 2451044, 'ese', 218, 9341467, '8AM-4PM', 'Edwin Adams', 4, 'Unknown', 'Events would achieve other, eastern hours. Mechanisms must not eat other, new org', 'Thomas Pollack', 1, 'Unknown', 1, 'Unknown', '27', 'Lake ', 'Ln', 'Suite 260', 'Fairview', 'Appanoose County', 'IA', '55709', 'United States', -6, 0.03),
  (5, 'AAAAAAAAEAAAAAAA', '1999-03-14', '2001-03-12', 2450910, 'anti', 288, 9078805, '8AM-4PM', 'Edwin Adams', 8, 'Unknown', 'Events would achieve other, eastern hours. Mechanisms must not eat other, new org', 'Thomas Pollack', 1, 'Unknown', 1, 'Unknown', '27', 'Lee 6th', 'Court', 'Suite 80', 'Mount Vernon', 'Jackson County', 'NC', '28482', 'United States', -5, 0.03),
  (6, 'AAAAAAAAEAAAAAAA', '2001-03-13', NULL, NULL, 'cally', 229, 9026222, '8AM-4PM', 'Edwin Adams', 10, 'Unknown', 'Events would achieve other, eastern hours. Mechanisms must not eat other, new org', 'Thomas Pollack', 1, 'Unknown', 1, 'Unknown', '220', '6th ', 'Lane', 'Suite 140', 'Mount Carmel', 'Richland County', 'OH', '48496', 'United States', -5, 0.03);
