using Inventory.Relay.Publishing.Sending;
using Npgsql.Replication;
using NpgsqlTypes;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>Tells the server up to where its log is done with; never backwards, and never beyond what Kafka has.</summary>
internal sealed class ConfirmedPosition(LogicalReplicationConnection connection)
{
    private readonly Lock _lock = new();
    private ulong _position;

    public async Task ConfirmAsync(ulong position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (position <= _position)
            {
                return;
            }

            _position = position;
            connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(position));
        }

        await connection.SendStatusUpdate(cancellationToken);
    }

    /// <summary>
    /// While nothing is on its way, whatever the server has passed by is done with: it was not ours. So a slot that sees
    /// no orders does not keep the log of others. The position is read before the window is looked at: what arrives
    /// between the two is of a transaction whose commit lies behind that position.
    /// </summary>
    public async Task ConfirmIdleAsync(SendWindow window, CancellationToken cancellationToken)
    {
        var received = (ulong)connection.LastReceivedLsn;
        if (window.IsEmpty)
        {
            await ConfirmAsync(received, cancellationToken);
        }
    }
}
