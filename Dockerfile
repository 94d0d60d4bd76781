# The same steps as on any machine: the launcher installs and builds, then the app runs. tests/test_container.py takes
# these steps outside a container. Build: docker build -t fortnight .   Run: docker compose up

FROM python:3.13-slim AS build
WORKDIR /app
# The locks first: a change of code does not install everything again.
COPY fortnight requirements.lock requirements-uv.lock requirements-node.lock ./
RUN ./fortnight install python
COPY frontend ./frontend
COPY app/data ./app/data
RUN ./fortnight install frontend
COPY app ./app
COPY migrations ./migrations
COPY pyproject.toml ./
# The running container cannot write, so Python's compiled files are made here.
RUN .venv/bin/python -m compileall -q -j 0 .venv/lib app migrations

FROM python:3.13-slim
ENV FORTNIGHT_DATA=/data PYTHONPATH=/app PYTHONTZPATH="" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /app/.venv ./.venv
COPY --from=build /app/frontend/dist ./frontend/dist
COPY --from=build /app/app ./app
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/pyproject.toml ./
# The only folder it writes to. A named volume takes over this owner and mode.
RUN install -d -m 700 -o 10001 -g 10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["/app/.venv/bin/python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000/health/ready', timeout=4)"]
ENTRYPOINT ["/app/.venv/bin/python", "-P", "-m", "app.cli"]
CMD ["run", "--host", "0.0.0.0", "--port", "8000"]
