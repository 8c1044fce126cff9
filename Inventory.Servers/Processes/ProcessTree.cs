using System.Globalization;

namespace Inventory.Servers.Processes;

/// <summary>What /proc knows about processes and their children.</summary>
internal static class ProcessTree
{
    /// <summary>Whether a process runs: one that has ended but was not yet reaped by its parent does not.</summary>
    public static bool IsRunning(int processId) => Read(processId) is { State: not ('Z' or 'X') };

    /// <summary>The children of a process and theirs.</summary>
    public static IReadOnlyList<int> Descendants(int processId)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Status: Read(id)))
            .Where(process => process.Status is not null)
            .ToLookup(process => process.Status!.Value.ParentId, process => process.Id);

        var found = new List<int>();
        var next = new Queue<int>([processId]);
        while (next.TryDequeue(out var parent))
        {
            found.AddRange(children[parent]);
            foreach (var child in children[parent])
            {
                next.Enqueue(child);
            }
        }

        return found;
    }

    private static (char State, int ParentId)? Read(int processId)
    {
        try
        {
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            // "pid (name) state parent ...": the name may hold blanks and parentheses, so count from its end.
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ', 3);
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
