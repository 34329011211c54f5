"""Syncs an ActiveCampaign account into PostgreSQL every 15 minutes.

The worker needs the binary and, in its environment or in .env beside the configuration,
ACTIVECAMPAIGN_URL, ACTIVECAMPAIGN_API_KEY_FILE and DATABASE_URL. Two variables of Airflow may say
where things are: acsync_binary (else acsync in PATH) and acsync_config (else /etc/acsync/replication.yaml).
"""

import json
import subprocess
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.models import Variable

# What acsync exits with, and what that means here; see its README.
DONE = 0
LIMIT_REACHED = 10
A_PERSON_MUST_ACT = {2: "configuration", 4: "the key is refused", 8: "a guard refused"}


@task(retries=3, retry_delay=timedelta(minutes=1), execution_timeout=timedelta(hours=6))
def sync():
    """One run; its summary is what the task returns."""
    run = subprocess.run(
        [
            Variable.get("acsync_binary", "acsync"),
            "run",
            "--json",
            "--config",
            Variable.get("acsync_config", "/etc/acsync/replication.yaml"),
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if run.returncode in A_PERSON_MUST_ACT:
        raise AirflowFailException(f"acsync: {A_PERSON_MUST_ACT[run.returncode]}; see the log")
    if run.returncode not in (DONE, LIMIT_REACHED):
        raise AirflowException(f"acsync ended with {run.returncode}; see the log")
    return json.loads(run.stdout)


@dag(
    schedule="*/15 * * * *",
    start_date=datetime(2024, 1, 1),
    catchup=False,
    # A run that takes longer than the interval is not joined by another.
    max_active_runs=1,
    doc_md=__doc__,
)
def acsync():
    sync()


acsync()
