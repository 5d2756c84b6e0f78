# syntax=docker/dockerfile:1
# The operator as one native program, and libgit2 beside it, on a base without a shell or a package manager.
# The base images are pinned by tag. Pin them by digest where the build can reach the registry; a bot should keep both current.
ARG DOTNET=10.0

# The image with the native compiler's tools. It compiles for the kind of processor that it runs on.
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET}-noble-aot AS build
WORKDIR /source

# The project files alone first: as long as they do not change, the restored packages stay in the layer cache.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Idp.Kubernetes/Idp.Kubernetes.csproj src/Idp.Kubernetes/packages.lock.json src/Idp.Kubernetes/
COPY src/Idp.GitHub/Idp.GitHub.csproj src/Idp.GitHub/packages.lock.json src/Idp.GitHub/
COPY src/Idp.Entities/Idp.Entities.csproj src/Idp.Entities/packages.lock.json src/Idp.Entities/
COPY src/Idp.Operator/Idp.Operator.csproj src/Idp.Operator/packages.lock.json src/Idp.Operator/
# The lock files name no runtime, which a native program needs; so versions are kept by them and by central package management,
# and the compiler's and the runtime's packages by the SDK that global.json names.
RUN dotnet restore src/Idp.Operator --use-current-runtime -p:PublishAot=true

COPY src/Idp.Kubernetes src/Idp.Kubernetes
COPY src/Idp.GitHub src/Idp.GitHub
COPY src/Idp.Entities src/Idp.Entities
COPY src/Idp.Operator src/Idp.Operator
# Publishing puts the golden paths beside the program, where platform.yaml looks by default.
COPY golden-paths golden-paths
COPY hack hack
COPY .editorconfig ./
RUN hack/publish.sh /app

FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET}-noble-chiseled
LABEL org.opencontainers.image.title="idp-operator" \
      org.opencontainers.image.description="An Internal Developer Platform as one Kubernetes operator." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
# The unprivileged user that the base image brings.
USER 1654:1654
EXPOSE 8080
ENTRYPOINT ["/app/idp"]
CMD ["run"]
