using System.Globalization;

namespace Inventory.Tools.Bench;

internal static class MachineLoad
{
    private const string Source = "/proc/loadavg";

    /// <summary>Of the last minute; what the benchmark itself brings about is in it.</summary>
    public static double Read() => File.Exists(Source)
        ? double.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture)
        : double.NaN;
}
