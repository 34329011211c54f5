# Two stages: the toolchain builds one binary with Swift's own libraries inside; the image that ships
# holds it and the C libraries that it loads.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    libcurl4-openssl-dev libmicrohttpd-dev libpq-dev libyaml-dev pkg-config \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# The tests are not built, but Package.swift names their folders.
COPY Package.swift ./
COPY Sources ./Sources
COPY migrations ./migrations
COPY Tests ./Tests
RUN swift build -c release --product acsync --static-swift-stdlib -Xswiftc -use-ld=lld \
  && install -D --strip \
    "$(swift build -c release --static-swift-stdlib --show-bin-path)/acsync" /out/acsync

FROM debian:bookworm-slim
# No server: a container is given its warehouse with DATABASE_URL or PG*.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    ca-certificates libcurl4 libmicrohttpd12 libpq5 libstdc++6 libyaml-0-2 tzdata \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /out/acsync /usr/local/bin/acsync
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
# replication.yaml is looked for here, if one is mounted; without it the defaults hold.
WORKDIR /config
ENTRYPOINT ["acsync"]
CMD ["run"]
