using System.Collections.Concurrent;
using System.Diagnostics;

namespace Inventory.Servers.Processes;

/// <summary>
/// Starts every child from one thread that lives as long as this process. The kernel sends the parent-death signal when
/// the <em>thread</em> that forked the child ends, not the process: a child started from a thread pool thread would be
/// killed whenever the pool retires that thread.
/// </summary>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Request> Requests = [];

    static ChildStarter() =>
        new Thread(Run) { IsBackground = true, Name = "Starts child processes" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var request = new Request(start);
        Requests.Add(request);
        return request.Started.Task;
    }

    private static void Run()
    {
        foreach (var request in Requests.GetConsumingEnumerable())
        {
            try
            {
                request.Started.SetResult(Process.Start(request.Start)!);
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the caller; this thread must go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                request.Started.SetException(exception);
            }
        }
    }

    private sealed record Request(ProcessStartInfo Start)
    {
        public TaskCompletionSource<Process> Started { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
