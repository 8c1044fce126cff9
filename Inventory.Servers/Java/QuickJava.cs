namespace Inventory.Servers.Java;

/// <summary>
/// A Java without its optimizing compiler, for servers that live for seconds or minutes: they start with a third less CPU
/// time. It works for minutes at a low rate of requests, and took 20 to 40 % of two cores from all that was measured there.
/// </summary>
public static class QuickJava
{
    public static IReadOnlyList<string> Arguments { get; } = ["-XX:TieredStopAtLevel=1"];
}
