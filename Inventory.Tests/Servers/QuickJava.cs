namespace Inventory.Tests.Servers;

/// <summary>
/// Servers of tests live for seconds: without the optimizing compiler they start with a third less CPU time, which
/// counts where several start at once on two cores.
/// </summary>
internal static class QuickJava
{
    public static IReadOnlyList<string> Arguments { get; } = ["-XX:TieredStopAtLevel=1"];
}
