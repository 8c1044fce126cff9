using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Inventory.Tests.Faults.Commits;

/// <summary>
/// Stands between CommandApi and Postgres, and resets the client's connection exactly while it commits. It reads the
/// messages of clients; of the server's it only withholds the answer to a COMMIT that it cuts.
/// </summary>
internal sealed class CommitProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _delivery = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private CommitFate _fate;
    private int _spared;
    private int _left;
    private int _cuts;

    public CommitProxy(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new IPEndPoint(IPAddress.Parse(target.Host!), target.Port);
        _listener.Start();
        target.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        target.SslMode = SslMode.Disable;
        target.GssEncryptionMode = GssEncryptionMode.Disable;
        ConnectionString = target.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The same database by way of this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>COMMITs whose clients have lost their connection.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <param name="fate">Of each COMMIT that is cut.</param>
    /// <param name="after">COMMITs from now on that go through unharmed.</param>
    /// <param name="times">COMMITs that are cut then.</param>
    public void Cut(CommitFate fate, int after = 0, int times = 1)
    {
        lock (_lock)
        {
            (_fate, _spared, _left) = (fate, after, times);
        }
    }

    /// <summary>Lets the COMMIT that was held back arrive.</summary>
    public void Deliver() => _delivery.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ContinueWith(_ => { }, TaskScheduler.Default);
        Task[] connections;
        lock (_lock)
        {
            connections = [.. _connections];
        }

        // A connection that ends in the middle is what this class is for.
        await Task.WhenAll(connections).ContinueWith(_ => { }, TaskScheduler.Default);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_stop.Token);
            lock (_lock)
            {
                _connections.Add(ServeAsync(client));
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxiedConnection(client, _stop.Token);
        await connection.OpenAsync(_server);
        while (await connection.ReadAsync())
        {
            if (!connection.IsCommit || TakeFate() is not { } fate)
            {
                await connection.ForwardAsync();
                continue;
            }

            await CutAsync(connection, fate);
            return;
        }
    }

    private async Task CutAsync(ProxiedConnection connection, CommitFate fate)
    {
        if (fate == CommitFate.AnswerLost)
        {
            await connection.CommitUnheardAsync();
        }

        connection.ResetClient();
        Interlocked.Increment(ref _cuts);

        // Returning closes the server's side: without its COMMIT it rolls back.
        if (fate == CommitFate.DeliveredLate)
        {
            await _delivery.Task.WaitAsync(_stop.Token);
            await connection.CommitUnheardAsync();
        }
    }

    private CommitFate? TakeFate()
    {
        lock (_lock)
        {
            if (_left == 0 || _spared-- > 0)
            {
                return null;
            }

            _left--;
            return _fate;
        }
    }
}
