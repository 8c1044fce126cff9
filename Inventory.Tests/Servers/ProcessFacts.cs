using System.Globalization;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Servers;

/// <summary>What /proc tells about a process.</summary>
internal static class ProcessFacts
{
    private const string Listening = "0A";

    public static int SessionId(int processId)
    {
        var status = File.ReadAllText(Invariant($"/proc/{processId}/stat"));
        return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
    }

    /// <summary>Null if there is no such process, or none any more.</summary>
    public static int? UserId(int processId)
    {
        try
        {
            var line = File.ReadLines(Invariant($"/proc/{processId}/status"))
                .First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The addresses on which a process listens, as the kernel writes them: <c>0100007F:1F90</c>.</summary>
    public static IReadOnlyList<string> ListeningAddresses(int processId)
    {
        var sockets = Directory.EnumerateFiles(Invariant($"/proc/{processId}/fd"))
            .Select(TargetOf)
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet(StringComparer.Ordinal);
        return [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listening && sockets.Contains(fields[9]))
            .Select(fields => fields[1])];
    }

    public static async Task WaitUntilGoneAsync(IEnumerable<int> processIds, CancellationToken cancellationToken)
    {
        foreach (var processId in processIds)
        {
            Assert.True(
                await Readiness.WaitAsync(
                    _ => Task.FromResult(!ProcessTree.IsRunning(processId)),
                    TimeSpan.FromSeconds(30),
                    cancellationToken),
                $"Process {processId} still runs.");
        }
    }

    // A file may be closed between the listing and the look at it; one that is listened on is not.
    private static string TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name ?? "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
