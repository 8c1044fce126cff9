namespace Inventory.Cassandra.Connections;

/// <summary>What is to be done, or being done, about the frames that wait to be sent.</summary>
internal enum FlushMode
{
    /// <summary>Nothing: there is nothing to send, or somebody sends it already.</summary>
    None,

    /// <summary>The thread that sent first flushes at the end of its <see cref="FlushScope"/>.</summary>
    Deferred,

    /// <summary>A work item of the thread pool flushes, behind the work that is queued now.</summary>
    Scheduled,

    /// <summary>A thread is sending, and looks again before it stops.</summary>
    Flushing,
}
