using System.Runtime.InteropServices;
using System.Text;
using Inventory.Servers.Files;

namespace Inventory.Servers.Host;

/// <summary>
/// Runs one store until it is told to stop: <c>postgres|kafka|cassandra DIRECTORY</c>. The file
/// <c>DIRECTORY/{connection name}.connection</c> holds the connection string for as long as the store can be used.
/// </summary>
internal static class HostCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, var directory])
        {
            await Console.Error.WriteLineAsync("Usage: Inventory.Servers.Host postgres|kafka|cassandra DIRECTORY");
            return WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var store = await RunningStore.StartAsync(name, directory, stop.Token);
            return await ServeAsync(store, directory, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is MissingPrerequisiteException or ServerStartException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> ServeAsync(RunningStore store, string directory, CancellationToken stopping)
    {
        var file = Path.Combine(directory, $"{store.ConnectionName}.connection");
        Write(file, store.ConnectionString);
        try
        {
            await store.Exited.WaitAsync(stopping);
            await Console.Error.WriteLineAsync("The store ended by itself.");
            return Failed;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Written aside and moved: whoever waits for the file never reads half of it.
    private static void Write(string file, string connectionString)
    {
        var draft = file + ".new";
        File.Delete(draft);
        using (var stream = PrivateFile.Create(draft))
        {
            stream.Write(Encoding.UTF8.GetBytes(connectionString));
        }

        File.Move(draft, file, overwrite: true);
    }
}
