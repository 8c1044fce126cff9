using System.Globalization;

namespace Inventory.Tools.Bench.Processes;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    /// <summary>Processor time since it began, of user and system.</summary>
    public static TimeSpan Cpu(int processId)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        // After the name, which is in parentheses and may hold anything: utime and stime are fields 14 and 15 of all.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds(
            (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
                / TicksPerSecond);
    }

    /// <summary>Memory that is resident and its own, in bytes.</summary>
    public static long ResidentBytes(int processId)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
            .First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
