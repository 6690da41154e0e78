-- 300,000 flows through a network for the embedded store. They are made up: a formula of whole numbers, so they are the
-- same on every machine. The columns are those of the data set that the guide streams, "Comprehensive, multi-source
-- cyber-security events" of Los Alamos National Laboratory. snowflake.sql fills the same table in Snowflake; what is
-- between the lines is the same there.

CREATE TABLE flows (
  id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  src_comp VARCHAR(8) NOT NULL,
  src_port VARCHAR(8) NOT NULL,
  dst_comp VARCHAR(8) NOT NULL,
  dst_port VARCHAR(8) NOT NULL,
  protocol INTEGER NOT NULL,
  packet_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL
);

-- in the order of a stream, which H2 then reads row by row instead of sorting all at first
CREATE INDEX flows_by_time ON flows (time, id);

CREATE VIEW numbers AS
SELECT x AS n FROM SYSTEM_RANGE(1, 300000);

-- ---------------------------------------------------------------------------------------------------------------------

-- Two dice for each flow. Their remainders by different primes are independent of each other.
CREATE TEMPORARY TABLE dice AS
SELECT
  n,
  MOD(MOD(n * 69621, 4294967291) * MOD(n * 48271, 65537), 4294967291) AS a,
  MOD(MOD(n * 16807, 4294967291) * MOD(n * 39373, 65521), 4294967291) AS b
FROM numbers;

-- 50 flows a second from 12,007 computers to 797 servers, some of them asked much more than others: for names, the
-- directory, sign-ins, files, pages, pings, and what peers do
INSERT INTO flows
SELECT
  n,
  1 + FLOOR((n - 1) / 50),
  MOD(b, 1 + seconds),
  'C' || (1 + MOD(b, 12007)),
  CASE WHEN protocol = 1 THEN '0' ELSE 'N' || (1 + MOD(b, 16001)) END,
  'C' || (1 + MOD(MOD(a, 797), 1 + MOD(b, 809))),
  COALESCE(port, 'N' || (1 + MOD(a, 16001))),
  protocol,
  1 + MOD(a, packets),
  (1 + MOD(a, packets)) * (46 + MOD(b, size))
FROM dice
JOIN (
  VALUES
    (0, 39, '53', 17, 0, 3, 211),
    (40, 54, '389', 6, 20, 31, 307),
    (55, 63, '88', 6, 2, 11, 251),
    (64, 73, '445', 6, 60, 89, 701),
    (74, 83, '80', 6, 30, 41, 907),
    (84, 92, '443', 6, 30, 61, 907),
    (93, 95, '0', 1, 5, 3, 41),
    (96, 99, NULL, 6, 60, 19, 401)
) AS kinds (low, high, port, protocol, seconds, packets, size)
  ON MOD(a, 100) BETWEEN low AND high
ORDER BY n;

DROP TABLE dice;

-- ---------------------------------------------------------------------------------------------------------------------

DROP VIEW numbers;
