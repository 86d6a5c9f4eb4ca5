using System.Runtime.InteropServices;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>
/// The projects that one worker claims for, and how it divides a lane's room among them: in equal parts among those that have much due, so that two
/// senders of newsletters share and a third one's single mail is claimed at once. A project stays known for a while after its last delivery, so
/// that its next one is claimed without a search. Not safe for many threads.
/// </summary>
internal sealed class DueProjects
{
    /// <summary>In one claim, of each lane.</summary>
    private const int Most = 64;

    // A claim begins where the last one of its project ended, less this slack for rows whose commit was overtaken; a search begins at the very start.
    private static readonly TimeSpan _slack = TimeSpan.FromMilliseconds(500);

    private readonly List<Known>[] _lanes = [[], [], []]; // those that come first in the next claim first

    /// <summary>A search found these.</summary>
    public void Found(IEnumerable<WaitingProject> waiting, DateTimeOffset now)
    {
        foreach (WaitingProject project in waiting)
        {
            if (project.Oldest > now) continue;
            List<Known> lane = _lanes[(int)project.Lane];
            Known? known = lane.Find(one => one.Id == project.ProjectId);
            if (known is null) lane.Insert(0, known = new Known(project.ProjectId));
            known.HasMore = true;
            known.Since = project.Oldest;
        }
    }

    /// <summary>Whether more of a lane is known to be due.</summary>
    public bool HasMore(Lane lane) => _lanes[(int)lane].Exists(known => known.HasMore);

    /// <summary>Divides the room of each lane.</summary>
    /// <param name="room">By lane: how many may be claimed.</param>
    public List<ClaimShare> Divide(ReadOnlySpan<int> room)
    {
        List<ClaimShare> shares = [];
        for (int lane = 0; lane < _lanes.Length; lane++) Divide((Lane)lane, room[lane], shares);
        return shares;
    }

    /// <summary>What came of a claim by these shares.</summary>
    public void Claimed(IReadOnlyList<ClaimShare> shares, IReadOnlyList<Delivery> claimed)
    {
        Dictionary<(Lane, ProjectId), (int Count, DateTimeOffset Last)> got = [];
        foreach (Delivery delivery in claimed)
        {
            ref (int Count, DateTimeOffset Last) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(got, (delivery.Lane, delivery.ProjectId), out _);
            sum = (sum.Count + 1, delivery.DueAt > sum.Last ? delivery.DueAt : sum.Last);
        }

        foreach (ClaimShare share in shares)
        {
            List<Known> lane = _lanes[(int)share.Lane];
            int index = lane.FindIndex(one => one.Id == share.ProjectId);
            Known known = lane[index];
            (int count, DateTimeOffset last) = got.GetValueOrDefault((share.Lane, share.ProjectId));
            known.HasMore = count == share.Limit;
            if (count > 0 && last - _slack > known.Since) known.Since = last - _slack;
            lane.RemoveAt(index); // its turn is over
            lane.Add(known);
        }

        foreach (List<Known> lane in _lanes) Forget(lane);
    }

    private void Divide(Lane name, int room, List<ClaimShare> shares)
    {
        List<Known> lane = _lanes[(int)name];
        if (room == 0 || lane.Count == 0) return;
        int busy = Math.Min(lane.Count(known => known.HasMore), Math.Min(room, Most));

        // Those that had nothing left may have got something since: asked for one delivery, until there is one.
        int idle = Math.Min(lane.Count, Math.Min(room, Most)) - busy;
        int equal = busy > 0 ? (room - idle) / busy : room / idle, rest = busy > 0 ? (room - idle) % busy : room % idle;
        int busySeen = 0, idleSeen = 0;
        foreach (Known known in lane)
        {
            if (known.HasMore ? busySeen++ >= busy : idleSeen++ >= idle) continue;
            bool divides = known.HasMore || busy == 0;
            shares.Add(new ClaimShare(name, known.Id, known.Since, divides ? equal + (rest-- > 0 ? 1 : 0) : 1));
        }
    }

    /// <summary>A search finds again whoever is forgotten.</summary>
    private static void Forget(List<Known> lane)
    {
        int tooMany = lane.Count - Most;
        if (tooMany > 0) lane.RemoveAll(known => !known.HasMore && tooMany-- > 0);
    }

    private sealed class Known(ProjectId id)
    {
        public ProjectId Id => id;

        /// <summary>The last claim gave all that was asked for, or a search found it.</summary>
        public bool HasMore { get; set; }

        public DateTimeOffset Since { get; set; }
    }
}
