namespace Inventory.Cassandra.Protocol;

/// <summary>A RESULT of kind Prepared: of it only the id is needed, the columns being the statement's own.</summary>
internal static class PreparedBody
{
    public static byte[] ReadId(ref BodyReader body) => body.ReadShortBytes().ToArray();
}
