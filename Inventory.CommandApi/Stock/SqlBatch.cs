using Npgsql;

namespace Inventory.CommandApi.Stock;

internal static class SqlBatch
{
    /// <summary>A statement with the values of its parameters, in order.</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
