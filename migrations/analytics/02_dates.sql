-- One row a day, for every grouping by calendar, so that reports need no date arithmetic of their own.

CREATE OR REPLACE VIEW analytics.dim_date AS
SELECT
  day::date AS date_day,
  extract(isodow FROM day)::integer AS weekday_number,
  to_char(day, 'FMDay') AS weekday_name,
  extract(isodow FROM day) > 5 AS is_weekend,
  extract(day FROM day)::integer AS day_of_month,
  extract(doy FROM day)::integer AS day_of_year,
  date_trunc('week', day)::date AS week_start_on,
  extract(week FROM day)::integer AS iso_week,
  extract(isoyear FROM day)::integer AS iso_year,
  date_trunc('month', day)::date AS month_start_on,
  extract(month FROM day)::integer AS month_number,
  to_char(day, 'FMMonth') AS month_name,
  date_trunc('quarter', day)::date AS quarter_start_on,
  extract(quarter FROM day)::integer AS quarter_number,
  extract(year FROM day)::integer AS year_number,
  day::date - (SELECT analytics.today()) AS days_from_today
FROM generate_series(
  timestamp '2010-01-01',
  date_trunc('year', (SELECT analytics.today())::timestamp) + interval '2 years - 1 day',
  interval '1 day'
) AS day;
SELECT acsync.describe('analytics.dim_date', $$
The calendar, one row a day, from 2010 to the end of next year. Join it to the on and day columns.

date_day: The day
weekday_number: 1 Monday to 7 Sunday
weekday_name: Its name in English
is_weekend: Whether it is a Saturday or a Sunday
day_of_month: 1 to 31
day_of_year: 1 to 366
week_start_on: Monday of its week
iso_week: Number of its week, 1 to 53, by ISO 8601
iso_year: Year that its ISO week belongs to
month_start_on: First day of its month
month_number: 1 to 12
month_name: Name of the month in English
quarter_start_on: First day of its quarter
quarter_number: 1 to 4
year_number: Calendar year
days_from_today: Days from today: negative in the past, 0 today
$$);
