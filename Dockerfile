# One static binary and the list of certificate authorities that WeChat's TLS needs, nothing else: no shell, no root.
FROM golang:1.26-bookworm AS build
# Where modules come from, for networks that need a mirror: docker build --build-arg GOPROXY=…
ARG GOPROXY
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /xinyuan . && mkdir /var/empty-folder

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /xinyuan /xinyuan
# Where pictures are kept: a volume begins as this folder, with its owner.
COPY --from=build --chown=65532:65532 /var/empty-folder /var/lib/xinyuan
ENV XINYUAN_HTTP_ADDR=0.0.0.0:8080
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["/xinyuan", "healthcheck"]
ENTRYPOINT ["/xinyuan"]
CMD ["serve"]
