# One image for every process: docker run IMAGE api --host 0.0.0.0 | worker | relay | migrate | doctor
#
# It needs no writable place: run it with --read-only. All it knows of an installation comes from ATRIUM_ variables.
# Files go to S3 (ATRIUM_FILES__ADAPTER=s3), or to a volume that api, worker and relay share (ATRIUM_FILES__FOLDER).
# The base is named by version, not by digest; to pin it: --build-arg PYTHON_IMAGE=python@sha256:...
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /opt/atrium
COPY requirements.prod.lock ./
# pip has done its work when the packages are there; no process needs it.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --quiet --no-compile --require-hashes --only-binary :all: -r requirements.prod.lock \
    && /opt/venv/bin/python -m pip uninstall --quiet --yes pip setuptools \
    && rm requirements.prod.lock
COPY alembic.ini settings.toml ./
COPY alembic ./alembic
COPY app ./app
COPY --chmod=755 deploy/manage /opt/venv/bin/manage
# Bytecode is made now, since nothing can be written later; unchecked, so that the dates of the copies do not matter.
# Modes as every user needs them, whatever the checkout's are.
RUN /opt/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib app alembic \
    && chmod -R a+rX,go-w /opt/atrium /opt/venv

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Atrium" \
    org.opencontainers.image.description="A modular multi-tenant SaaS platform backend"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/atrium \
    PYTHONSAFEPATH=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ATRIUM_ENV=production
WORKDIR /opt/atrium
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/atrium /opt/atrium
# A number, so that Kubernetes can see that it is not root's (runAsNonRoot).
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["manage"]
CMD ["api", "--host", "0.0.0.0"]
