#!/usr/bin/env bash
# Writes prometheusrule.yaml: the rules of deploy/prometheus as the Prometheus Operator takes them. kustomize cannot put one file into another. A test compares.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
{
  printf '# Made by make.sh from deploy/prometheus/mail.rules.yml. Change that file, not this one.\n'
  printf 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: mail}\nspec:\n'
  grep -v '^#' ../../../prometheus/mail.rules.yml | sed 's/^\(..*\)$/  \1/'
} >prometheusrule.yaml
