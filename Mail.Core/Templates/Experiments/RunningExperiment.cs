using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Templates.Experiments;

/// <summary>The versions that stand in the place of the published one while an experiment runs.</summary>
public sealed record RunningExperiment(Guid Id, IReadOnlyList<RunningArm> Arms)
{
    /// <summary>The same person gets the same version for as long as it runs, at every node, and without anything being stored for it.</summary>
    /// <param name="address">In its normal form.</param>
    public ExperimentUse For(string address)
    {
        ulong person = ExperimentSplit.PersonOf(Id, address);
        return new ExperimentUse(Id, Arms[ExperimentSplit.ArmOf(person, [.. Arms.Select(arm => arm.Weight)])].Name, unchecked((long)person));
    }
}

/// <param name="Weight">Its share of the recipients, beside the other arms' weights.</param>
public sealed record RunningArm(string Name, int Weight, PublishedTemplate Template);

/// <summary>What an experiment chose for a message.</summary>
/// <param name="Person">Stands for the recipient, in this experiment alone.</param>
public sealed record ExperimentUse(Guid ExperimentId, string Arm, long Person);

/// <summary>Who gets what. By a hash of experiment and address, so that two experiments part people independently of each other.</summary>
public static class ExperimentSplit
{
    /// <param name="address">In its normal form.</param>
    public static ulong PersonOf(Guid experiment, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] text = new byte[16 + Encoding.UTF8.GetByteCount(address)];
        experiment.TryWriteBytes(text, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(address, text.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The hashes from the least to the greatest are parted in the order of the arms, as their weights say.</summary>
    public static int ArmOf(ulong person, ReadOnlySpan<int> weights)
    {
        ulong total = 0;
        foreach (int weight in weights) total += (ulong)weight;
        ulong place = Math.BigMul(person, total, out _);
        int arm = 0;
        for (; arm < weights.Length - 1 && place >= (ulong)weights[arm]; arm++) place -= (ulong)weights[arm];
        return arm;
    }
}
