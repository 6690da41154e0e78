-- The tables of trips and weather in Snowflake, with the rows that embedded.sql makes: they are made up, and what is
-- between the lines is the same there. After 01_roles.sql and 02_warehouses.sql. May be run again, in a session of its
-- own. Reports scan, so these are standard tables: a hybrid one is for rows that are read one by one.

USE ROLE DATA_API_OWNER;
USE WAREHOUSE DATA_API_LOAD_WH;
USE SCHEMA API.DATA;

CREATE OR REPLACE TABLE weather (
  observation_date DATE NOT NULL,
  temp_avg_f NUMBER(4,1) NOT NULL
);

CREATE OR REPLACE TABLE trips (
  tripduration INTEGER NOT NULL,
  starttime TIMESTAMP_NTZ NOT NULL,
  start_station_id INTEGER NOT NULL,
  end_station_id INTEGER NOT NULL,
  bikeid INTEGER NOT NULL,
  usertype VARCHAR(10) NOT NULL
);

-- SEQ4 may leave numbers out, ROW_NUMBER does not
CREATE OR REPLACE TEMPORARY TABLE numbers AS
SELECT ROW_NUMBER() OVER (ORDER BY SEQ4()) AS n FROM TABLE(GENERATOR(ROWCOUNT => 730));

-- ---------------------------------------------------------------------------------------------------------------------

-- New York's temperatures, in tenths of a degree: from the one at the beginning of a month to the one at the next, and
-- up to 12 degrees above or below
INSERT INTO weather
SELECT
  day,
  0.1 * (
    FLOOR((first_tenths * (32 - EXTRACT(DAY FROM day)) + last_tenths * (EXTRACT(DAY FROM day) - 1)) / 31)
    + MOD(MOD(n * 69621, 65537) * n, 121) + MOD(MOD(n * 48271, 65537) * n, 121) - 120
  )
FROM (SELECT n, DATEADD(DAY, n - 1, DATE '2017-01-01') AS day FROM numbers) AS days
JOIN (
  VALUES
    (1, 330, 340), (2, 340, 390), (3, 390, 480), (4, 480, 580), (5, 580, 680), (6, 680, 750),
    (7, 750, 770), (8, 770, 720), (9, 720, 630), (10, 630, 520), (11, 520, 420), (12, 420, 330)
) AS normals (month_number, first_tenths, last_tenths)
  ON EXTRACT(MONTH FROM day) = month_number;

-- the warmer, the more trips, and fewer on Saturdays and Sundays: 2017 began with a Sunday
CREATE TEMPORARY TABLE days AS
SELECT
  observation_date,
  CASE WHEN MOD(d, 7) IN (0, 6) THEN 1 ELSE 0 END AS weekend,
  d,
  FLOOR(
    (10 * temp_avg_f - 50) * (80 + MOD(MOD(d * 16807, 65521) * d, 41))
    * CASE WHEN MOD(d, 7) IN (0, 6) THEN 7 ELSE 10 END / 3000
  ) AS how_many
FROM (
  SELECT observation_date, temp_avg_f, DATEDIFF(DAY, DATE '2017-01-01', observation_date) AS d FROM weather
) AS seen;

-- Two dice for each trip. Their remainders by different primes are independent of each other.
CREATE TEMPORARY TABLE dice AS
SELECT
  observation_date,
  weekend,
  MOD(MOD((1000 * d + n) * 69621, 4294967291) * MOD((1000 * d + n) * 48271, 65537), 4294967291) AS a,
  MOD(MOD((1000 * d + n) * 16807, 4294967291) * MOD((1000 * d + n) * 39373, 65521), 4294967291) AS b
FROM days
JOIN numbers ON n <= how_many;

-- on working days to work, back home, and at any time between; else in the afternoon. Seconds of the day, and how many
-- before and after
INSERT INTO trips
SELECT
  240 + MOD(a, 701) + MOD(b, 709),
  DATEADD(SECOND, centre - spread + MOD(a, spread) + MOD(b, spread), CAST(observation_date AS TIMESTAMP)),
  72 + MOD(a, 601),
  72 + MOD(b, 601),
  14529 + MOD(b, 9001),
  CASE WHEN MOD(b, 101) < 90 - 20 * weekend THEN 'Subscriber' ELSE 'Customer' END
FROM dice
JOIN (
  VALUES
    (0, 0, 29, 29700, 5399),
    (0, 30, 64, 63900, 7193),
    (0, 65, 99, 50400, 28793),
    (1, 0, 99, 52200, 25189)
) AS peaks (on_weekend, low, high, centre, spread)
  ON weekend = on_weekend AND MOD(a, 100) BETWEEN low AND high;

DROP TABLE dice;
DROP TABLE days;

-- ---------------------------------------------------------------------------------------------------------------------

DROP TABLE numbers;

GRANT SELECT ON TABLE API.DATA.WEATHER TO ROLE DATA_API_ROLE;
GRANT SELECT ON TABLE API.DATA.TRIPS TO ROLE DATA_API_ROLE;
