# syntax=docker/dockerfile:1

# The style sheets and fonts come as npm packages; nothing of them runs.
FROM node:22.22.2-bookworm-slim AS packages
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# The optional package is a PostgreSQL for people without docker.
RUN npm ci --ignore-scripts --omit=optional

FROM golang:1.26.5-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY tools/go.mod tools/go.sum ./tools/
RUN go mod download && go mod download -modfile=tools/go.mod
COPY . .
COPY --from=packages /src/node_modules ./node_modules
ARG VERSION=unknown
RUN go run ./internal/web/assets/build \
 && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /charter ./cmd/charter \
 && mkdir /data

# Alpine only for certificates and for the health check's wget; the program
# itself is static.
FROM alpine:3.24.1
RUN apk add --no-cache ca-certificates
COPY --from=build /charter /usr/local/bin/charter
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /data
ENV CHARTER_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["charter"]
CMD ["serve"]
