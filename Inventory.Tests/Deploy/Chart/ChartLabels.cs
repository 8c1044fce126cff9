namespace Inventory.Tests.Deploy.Chart;

/// <summary>What users find the chart's objects by, and so may not change.</summary>
internal static class ChartLabels
{
    /// <summary>The name of the service or store.</summary>
    public const string Component = "app.kubernetes.io/component";
}
