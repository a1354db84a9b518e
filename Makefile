.DEFAULT_GOAL := help
.PHONY: help build test format run check bench monitoring docker screenshots ci

help: ## show this
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

build: ## target/falco-gateway.jar
	mvn -q -DskipTests package

test: ## all tests and checks
	mvn verify

format: ## format the Java code
	mvn -q spotless:apply

run: build ## run the gateway
	java -jar target/falco-gateway.jar

check: build ## check the configuration
	java -jar target/falco-gateway.jar check

bench: build ## measure against a bare server, 15 minutes
	bench/compare

screenshots: ## take the pictures in docs/images anew (needs Chromium and pngquant)
	mvn -q test -Dtest=AccessibilityTest
	for view in live event summary noise rules sinks live-narrow; do \
	  pngquant --force --speed 1 --strip --output docs/images/$$view.png target/screenshots/$$view.png; done

monitoring: build ## dashboards, alerts and the first event against a real Prometheus
	bench/monitoring/run

docker: ## the container image
	docker build -f docker/Dockerfile -t falco-gateway .

ci: ## what the continuous build runs
	.ci/run
