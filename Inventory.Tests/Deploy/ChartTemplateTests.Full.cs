using Inventory.AppHost.Full.Kubernetes;
using Inventory.AppHost.Full.Kubernetes.Chart;
using Inventory.Contracts;

namespace Inventory.Tests.Deploy;

/// <summary>What the last step of publishing makes of the templates that Aspire wrote.</summary>
public sealed class ChartTemplateTests
{
    [Fact]
    public void A_job_is_another_one_in_every_revision() =>
        Assert.Equal(
            "kind: \"Job\"\nmetadata:\n  name: \"migrations-{{ .Release.Revision }}\"\n",
            Finish(ResourceNames.Migrations, "kind: \"Job\"\nmetadata:\n  name: \"migrations-job\"\n"));

    [Fact]
    public void An_autoscaler_takes_its_bounds_from_the_values_and_may_be_switched_off() =>
        Assert.Equal(
            """
            {{- if eq .Values.autoscaling.kind "hpa" }}
            kind: "HorizontalPodAutoscaler"
            spec:
              maxReplicas: {{ .Values.autoscaling.maxReplicas }}
              minReplicas: {{ .Values.autoscaling.minReplicas }}
            {{- end }}

            """,
            Finish(
                ResourceNames.QueryApi,
                "kind: \"HorizontalPodAutoscaler\"\nspec:\n  maxReplicas: 200\n  minReplicas: 3\n"));

    [Fact]
    public void A_missing_secret_is_an_error() =>
        Assert.Contains(
            """PASSWORD: "{{ required "secrets.relay.relay_password is missing from the values" .Values.secrets.relay.relay_password }}" """.TrimEnd(),
            Finish(ResourceNames.Relay, "kind: \"Secret\"\nstringData:\n  PASSWORD: \"{{ .Values.secrets.relay.relay_password }}\"\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(ResourceNames.Postgres, "StatefulSet", true)]
    [InlineData(StoreVolumes.Postgres, "PersistentVolumeClaim", true)]
    [InlineData(ResourceNames.Postgres, "Service", false)]
    [InlineData(ResourceNames.QueryApi, "Deployment", false)]
    public void A_store_may_be_switched_off_but_not_its_name(string folder, string kind, bool isConditional) =>
        Assert.Equal(
            isConditional,
            Finish(folder, $"kind: \"{kind}\"\n").StartsWith("{{- if .Values.stores.inChart }}", StringComparison.Ordinal));

    private static string Finish(string folder, string text) => new ChartTemplate(folder, text).Finish();
}
