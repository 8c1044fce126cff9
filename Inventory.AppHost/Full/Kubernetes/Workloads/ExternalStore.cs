using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

/// <summary>
/// The swap of a store for one outside the chart: the name by which the services find it becomes an alias of that one's.
/// </summary>
internal static class ExternalStore
{
    public static void GiveWay(Service service, string component)
    {
        service.Spec.Type = "{{ if .Values.stores.inChart }}ClusterIP{{ else }}ExternalName{{ end }}";
        service.Spec.ExternalName =
            "{{ if .Values.stores.inChart }}null{{ else }}"
            + $"{{{{ tpl .Values.stores.external.{component} . }}}}"
            + "{{ end }}";
    }
}
