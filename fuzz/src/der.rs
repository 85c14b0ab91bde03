//! Encodings as trees: read, mutated and written again with lengths that are right.

use libfuzzer_sys::fuzzer_mutate;

#[derive(Clone, Debug)]
pub struct Node {
    pub tag: u8,
    pub body: Body,
    indefinite: bool,
}

#[derive(Clone, Debug)]
pub enum Body {
    Octets(Vec<u8>),
    /// Elements, in a constructed element or, after so many octets, in a string.
    Nodes(Vec<u8>, Vec<Node>),
}

const DEPTH: usize = 64;

impl Node {
    pub fn constructed(tag: u8, nodes: Vec<Node>) -> Self {
        Self { tag, body: Body::Nodes(Vec::new(), nodes), indefinite: false }
    }

    pub fn primitive(tag: u8, octets: &[u8]) -> Self {
        Self { tag, body: Body::Octets(octets.to_vec()), indefinite: false }
    }

    /// One element and nothing more.
    pub fn parse(octets: &[u8]) -> Option<Self> {
        let mut nodes = parse_all(octets, DEPTH)?;
        if nodes.len() == 1 { nodes.pop() } else { None }
    }

    pub fn nodes(&self) -> &[Node] {
        match &self.body {
            Body::Nodes(_, nodes) => nodes,
            Body::Octets(_) => &[],
        }
    }

    pub fn nodes_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.body {
            Body::Nodes(_, nodes) => Some(nodes),
            Body::Octets(_) => None,
        }
    }

    pub fn at(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, place| &node.nodes()[*place])
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.tag);
        let content = match &self.body {
            Body::Octets(octets) => octets.clone(),
            Body::Nodes(front, nodes) => {
                let mut content = front.clone();
                nodes.iter().for_each(|node| node.write(&mut content));
                content
            }
        };
        if self.indefinite && self.tag & 0x20 != 0 {
            out.push(0x80);
            out.extend(content);
            out.extend([0, 0]);
            return;
        }
        match content.len() {
            short @ 0..=0x7f => out.push(short as u8),
            long => {
                let digits = long.to_be_bytes();
                let first = digits.iter().position(|digit| *digit != 0).unwrap_or(7);
                out.push(0x80 | (8 - first) as u8);
                out.extend(&digits[first..]);
            }
        }
        out.extend(content);
    }

    fn count(&self) -> usize {
        1 + self.nodes().iter().map(Node::count).sum::<usize>()
    }

    /// The element of this number, counted from the root downwards.
    fn nth(&self, mut number: usize) -> &Node {
        if number == 0 {
            return self;
        }
        number -= 1;
        for node in self.nodes() {
            let count = node.count();
            if number < count {
                return node.nth(number);
            }
            number -= count;
        }
        self
    }

    /// The list in which the element of this number stands, and its place there.
    fn place(&mut self, mut number: usize) -> Option<(&mut Vec<Node>, usize)> {
        number = number.checked_sub(1)?;
        let nodes = self.nodes_mut()?;
        let mut found = None;
        for (place, node) in nodes.iter().enumerate() {
            let count = node.count();
            if number < count {
                found = Some(place);
                break;
            }
            number -= count;
        }
        let place = found?;
        if number == 0 { Some((nodes, place)) } else { nodes[place].place(number) }
    }
}

fn parse_all(mut octets: &[u8], depth: usize) -> Option<Vec<Node>> {
    let depth = depth.checked_sub(1)?;
    let mut nodes = Vec::new();
    while !octets.is_empty() {
        let (&tag, rest) = octets.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        let body = match tag {
            _ if tag & 0x20 != 0 => Body::Nodes(Vec::new(), parse_all(content, depth)?),
            4 => inside(content, 0, depth),
            3 => inside(content, 1, depth),
            _ => Body::Octets(content.to_vec()),
        };
        nodes.push(Node { tag, body, indefinite: false });
        octets = rest;
    }
    Some(nodes)
}

/// A string that holds elements, such as the value of an extension.
fn inside(content: &[u8], front: usize, depth: usize) -> Body {
    let nodes = content.split_at_checked(front).and_then(|(front, rest)| {
        let nodes = parse_all(rest, depth).filter(|nodes| !nodes.is_empty())?;
        Some(Body::Nodes(front.to_vec(), nodes))
    });
    nodes.unwrap_or_else(|| Body::Octets(content.to_vec()))
}

/// Numbers of an xorshift generator (Marsaglia 2003), which is all that mutations need.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % below.max(1)
    }
}

/// Mutates an input as a tree, and now and then, or where it is none, as octets.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) << 1 | 1 << 40 | 1);
    let tree = if dice.roll(4) == 0 { None } else { data.get(..size).and_then(Node::parse) };
    let Some(mut tree) = tree else { return fuzzer_mutate(data, size, max_size) };
    for _ in 0..=dice.roll(3) {
        change(&mut tree, &mut dice);
    }
    let encoded = tree.encode();
    match data.get_mut(..encoded.len()).filter(|_| encoded.len() <= max_size) {
        Some(room) => {
            room.copy_from_slice(&encoded);
            encoded.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
}

fn change(tree: &mut Node, dice: &mut Dice) {
    let count = tree.count();
    let other = tree.nth(dice.roll(count)).clone();
    let Some((nodes, place)) = tree.place(dice.roll(count)) else { return };
    let siblings = nodes.len();
    match dice.roll(10) {
        0 => drop(nodes.remove(place)),
        1 => nodes.insert(place, nodes[place].clone()),
        2 => nodes.swap(place, dice.roll(siblings)),
        3 => nodes[place] = other,
        4 => nodes.insert(place, other),
        5 => nodes[place].tag ^= 1 << dice.roll(8),
        6 => {
            let again = vec![nodes[place].clone(); 1 << dice.roll(7)];
            nodes.splice(place..place, again);
        }
        7 => {
            let tag = [0x30, 0x31, 0x24, 0xa0, 0xa1, 0xa3][dice.roll(6)];
            nodes[place] = Node::constructed(tag, vec![nodes[place].clone()]);
        }
        8 => nodes[place].indefinite = true,
        _ => {
            if let Body::Octets(octets) = &mut nodes[place].body {
                let length = octets.len();
                let mut room = octets.clone();
                room.resize(length + 16, 0);
                let most = room.len();
                let mutated = fuzzer_mutate(&mut room, length, most);
                room.truncate(mutated);
                *octets = room;
            }
        }
    }
}
