using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Running;

/// <summary>What the system takes of this machine's memory: this process, and every one that a resource names as its own.</summary>
internal sealed class ResidentMemory
{
    /// <summary>The property in which a resource names its process, or several.</summary>
    public const string ProcessIdProperty = "executable.pid";

    private readonly ConcurrentDictionary<string, IReadOnlyList<int>> _processIds = new();

    public static IReadOnlyList<int> ProcessIds(CustomResourceSnapshot snapshot) =>
    [
        .. snapshot.Properties
            .Where(property => property.Name == ProcessIdProperty)
            .SelectMany(property => Convert.ToString(property.Value, CultureInfo.InvariantCulture)?.Split(", ") ?? [])
            .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0),
    ];

    public void Note(ResourceEvent change) => _processIds[change.ResourceId] = ProcessIds(change.Snapshot);

    public long Megabytes() =>
        _processIds.Values.SelectMany(ids => ids).Append(Environment.ProcessId).Distinct().Sum(WorkingSet) / (1024 * 1024);

    private static long WorkingSet(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
        catch (ArgumentException)
        {
            // It ended meanwhile.
            return 0;
        }
    }
}
